// Why somebody asks: a purpose of use, and a reference to a case or a patient. Neither is ever kept in the browser's
// storage. Sentences about it are the appliance's; this module only carries it.

/** What a collection wants to know until it says otherwise. */
export const NOTHING_WANTED = { purposes: [], reference: false };

// Header values are bytes: fetch throws on what lies beyond Latin-1, and servers disagree below that.
const FITS_HEADER = /^[\x20-\x7e]*$/;
const HEADERS = { purpose: "Cartulary-Purpose", reference: "Cartulary-Reference" };

/** Which fields are shown for what a collection wants to know. */
export function fieldsFor({ purposes, reference }) {
  return { purpose: purposes.length > 0, reference };
}

/** What the fields state, without those that are not shown or empty. */
export function statedBy(wanted, { purpose, reference }) {
  const fields = fieldsFor(wanted);
  return {
    ...(fields.purpose && purpose && { purpose }),
    ...(fields.reference && reference.trim() && { reference: reference.trim() }),
  };
}

/** The first field that is wanted and not stated; null where all are. */
export function missingFrom(wanted, stated) {
  const fields = fieldsFor(wanted);
  return Object.keys(fields).find((name) => fields[name] && !stated[name]) ?? null;
}

/** The query of a link that the browser opens itself; "" where nothing is stated. */
export function asQuery(stated = {}) {
  const query = new URLSearchParams(stated).toString();
  return query && `?${query}`;
}

/** Path and headers of a request that states it in headers, which no history keeps, and in the query what no header can hold. */
export function asRequest(path, stated = {}) {
  const headers = {};
  const rest = {};
  for (const [name, value] of Object.entries(stated)) {
    if (FITS_HEADER.test(value)) headers[HEADERS[name]] = value;
    else rest[name] = value;
  }
  return { path: path + asQuery(rest), headers };
}
