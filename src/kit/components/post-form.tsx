import { Button } from "./button.tsx";
import type { Content } from "./common.ts";
import { classNames } from "./common.ts";

export interface PostFormProps {
  action: string;
  csrf: string;
  /** What the button says happens: "Refuse request". */
  button: Content;
  children?: Content;
  /** For files. */
  multipart?: boolean | undefined;
  secondary?: boolean | undefined;
  warning?: boolean | undefined;
  /** Stands beside the button: a cancel link. */
  beside?: Content;
  /** Sent with the button, where one page has several forms. */
  name?: string | undefined;
  value?: string | undefined;
  classes?: string | undefined;
}

/** A form that changes something: posted, carrying the token that proves it came from our page. */
export function PostForm(props: PostFormProps) {
  return (
    <form
      class={classNames("gh-form", props.classes)}
      method="post"
      action={props.action}
      enctype={props.multipart ? "multipart/form-data" : undefined}
      novalidate
    >
      <input type="hidden" name="_csrf" value={props.csrf} />
      {props.children}
      <div class="gh-form__buttons">
        <Button secondary={props.secondary} warning={props.warning} name={props.name} value={props.value} preventDoubleClick>
          {props.button}
        </Button>
        {props.beside}
      </div>
    </form>
  );
}
