const SVG = "http://www.w3.org/2000/svg";

/** Light modules all around, without which scanners do not find a code (ISO/IEC 18004). */
const BORDER = 4;

/** The outline of what is dark in rows of "1" and "0", each run of dark modules a rectangle. */
export function darkPath(rows) {
  const runs = (row, y) => [...row.matchAll(/1+/g)].map(({ 0: run, index }) => `M${index} ${y}h${run.length}v1h-${run.length}z`);
  return rows.flatMap(runs).join("");
}

function shape(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** Draws a code that the appliance made: dark on light in every colour scheme, since scanners want it so. */
export function qrCode(rows, label, testId) {
  const size = rows.length + 2 * BORDER;
  const place = `${-BORDER} ${-BORDER} ${size} ${size}`;
  const accessible = { role: "img", "aria-label": label, "data-testid": testId };
  const drawing = shape("svg", { viewBox: place, class: "qr", "shape-rendering": "crispEdges", ...accessible });
  drawing.append(
    shape("rect", { x: -BORDER, y: -BORDER, width: size, height: size, fill: "#ffffff" }),
    shape("path", { d: darkPath(rows), fill: "#000000" }),
  );
  return drawing;
}
