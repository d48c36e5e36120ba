import type { Attachment } from "svelte/attachments";

type Measures = Partial<Record<"left" | "top" | "width" | "height", number>>;

/** Gives an element its place in pixels; the window's policy refuses `style` attributes, and allows this. */
export function placed(measures: Measures): Attachment<HTMLElement> {
  return (element) => {
    for (const [name, pixels] of Object.entries(measures))
      element.style.setProperty(name, `${String(pixels)}px`);
  };
}
