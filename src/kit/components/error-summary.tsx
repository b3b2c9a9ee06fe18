import type { Attributes, Content } from "./common.ts";
import { classNames } from "./common.ts";

export interface ErrorSummaryProps {
  title?: Content;
  description?: Content;
  errors: readonly { text: Content; href?: string | undefined; attributes?: Attributes | undefined }[];
  disableAutoFocus?: boolean | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

export function ErrorSummary(props: ErrorSummaryProps) {
  return (
    <div
      class={classNames("govuk-error-summary", props.classes)}
      data-disable-auto-focus={props.disableAutoFocus === undefined ? undefined : String(props.disableAutoFocus)}
      {...props.attributes}
      data-module="govuk-error-summary"
    >
      <div role="alert">
        <h2 class="govuk-error-summary__title">{props.title ?? "There is a problem"}</h2>
        <div class="govuk-error-summary__body">
          {props.description ? <p>{props.description}</p> : null}
          {props.errors.length > 0 ? (
            <ul class="govuk-list govuk-error-summary__list">
              {props.errors.map((item) => (
                <li>
                  {item.href ? (
                    <a href={item.href} {...item.attributes}>
                      {item.text}
                    </a>
                  ) : (
                    item.text
                  )}
                </li>
              ))}
            </ul>
          ) : null}
        </div>
      </div>
    </div>
  );
}
