// Numbers as the page's language writes them.

export const number = new Intl.NumberFormat("en");
export const count = (n, one, many) => `${number.format(n)} ${n === 1 ? one : many}`;
