const mac = navigator.userAgent.includes("Mac");

/** The key that commands are given with, as it is printed on the keyboard. */
export const modifier = mac ? "⌘" : "Ctrl";

/** Only the command key of this system is held. */
export function commanded(event: KeyboardEvent): boolean {
  const [held, other] = mac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  return held && !other && !event.altKey;
}

/** The key is meant for what is being written. */
export function writing(event: KeyboardEvent): boolean {
  const { target } = event;
  if (event.isComposing || !(target instanceof HTMLElement)) return event.isComposing;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button"].includes(target.type);
  return (
    target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
  );
}
