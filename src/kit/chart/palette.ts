/** Colours of charts, as presentation attributes: an SVG saved from a page keeps them. The style sheet may refine them. */
export const ink = "#1C2B33";
export const slate = "#51616B";
export const paper = "#FFFFFF";
export const rule = "#D9D4C8";
export const edge = "#8C8779";
export const verdigris = "#0E6B63";

/** One measure, low to high, areas outlined in paper. */
export const sequence = ["#E3F0EE", "#ADD5CF", "#6FB3AA", "#2F8C82", "#0E5F58"] as const;

/** Low, middle, high about a meaningful middle. */
export const twoSided = ["#8C510A", "#D8B365", "#F2F0EA", "#5AB4AC", "#01665E"] as const;

/** Different things, six at most. */
export const categories = ["#0E6B63", "#B5532A", "#3B6FB6", "#8C6D00", "#7A4E9F", "#5B6770"] as const;

/** Context beside the thing in question. */
export const context = "#A7AFB3";

export const font = "'Atkinson Hyperlegible Next Variable', 'Atkinson Hyperlegible Next', system-ui, sans-serif";
