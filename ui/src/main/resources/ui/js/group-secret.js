/** A secret in groups of four, as people type it without losing their place. */
export const inFours = (secret) => (secret.match(/.{1,4}/gs) ?? []).join(" ");
