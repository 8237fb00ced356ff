/** More files than this are not taken in one go. */
export const MOST_FILES = 5_000;

// readEntries gives a folder in portions and must be called until one is empty.
async function entriesOf(folder) {
  const reader = folder.createReader();
  const all = [];
  for (;;) {
    const portion = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!portion.length) return all;
    all.push(...portion);
  }
}

async function walk(entry, found) {
  if (found.length > MOST_FILES) return;
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    found.push({ path: entry.fullPath.replace(/^\//, ""), file });
    return;
  }
  for (const inner of await entriesOf(entry)) await walk(inner, found);
}

/** The files of a drop, folders walked to the bottom, as {path, file}; one more than MOST_FILES at most. */
export async function filesOfDrop(transfer) {
  // The list of items is emptied when the event ends, so it is read before the first await.
  const items = [...transfer.items].filter(({ kind }) => kind === "file");
  const dropped = items.map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const found = [];
  for (const { entry, file } of dropped) {
    if (entry) await walk(entry, found);
    else found.push({ path: file.name, file });
  }
  return found;
}

/** The files chosen by an input, as {path, file}; paths are relative to the chosen folder's parent. */
export function filesOfInput(input) {
  return [...input.files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}
