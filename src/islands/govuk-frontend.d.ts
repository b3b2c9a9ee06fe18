// govuk-frontend publishes no types; these are the parts we start.
declare module "govuk-frontend" {
  type Behaviour = new (root: Element) => object;
  export const Button: Behaviour;
  export const Checkboxes: Behaviour;
  export const ErrorSummary: Behaviour;
  export const FileUpload: Behaviour;
  export const NotificationBanner: Behaviour;
  export const PasswordInput: Behaviour;
  export const Radios: Behaviour;
  export const SkipLink: Behaviour;
  export function createAll(behaviour: Behaviour, config?: undefined, scope?: Element | Document): object[];
  export function isSupported(): boolean;
}
