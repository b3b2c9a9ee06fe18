import type { Attributes, Content } from "./common.ts";
import { classNames } from "./common.ts";

export interface NotificationBannerProps {
  /** Marked-up content. Use `text` for a single line. */
  children?: Content;
  text?: string | undefined;
  title?: Content;
  titleId?: string | undefined;
  success?: boolean | undefined;
  role?: "alert" | "region" | undefined;
  disableAutoFocus?: boolean | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

export function NotificationBanner(props: NotificationBannerProps) {
  const titleId = props.titleId ?? "govuk-notification-banner-title";
  return (
    <div
      class={classNames("govuk-notification-banner", props.success && "govuk-notification-banner--success", props.classes)}
      role={props.role ?? (props.success ? "alert" : "region")}
      aria-labelledby={titleId}
      data-module="govuk-notification-banner"
      data-disable-auto-focus={props.disableAutoFocus === undefined ? undefined : String(props.disableAutoFocus)}
      {...props.attributes}
    >
      <div class="govuk-notification-banner__header">
        <h2 class="govuk-notification-banner__title" id={titleId}>
          {props.title ?? (props.success ? "Success" : "Important")}
        </h2>
      </div>
      <div class="govuk-notification-banner__content">
        {props.children ?? <p class="govuk-notification-banner__heading">{props.text}</p>}
      </div>
    </div>
  );
}
