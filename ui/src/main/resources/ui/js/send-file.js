import { ConnectionLost, problemOf } from "./request.js";

/**
 * Uploads one file and gives its job. XMLHttpRequest, because fetch does not tell how much has been sent.
 * `onPercent` is called with 0 to 100.
 */
export function sendFile(collection, { path, file }, onPercent) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/collections/${encodeURIComponent(collection)}/documents`);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-Cartulary", "1");
    request.upload.addEventListener("progress", ({ loaded, total }) => onPercent(Math.floor((loaded * 100) / total)));
    request.addEventListener("error", () => reject(new ConnectionLost()));
    request.addEventListener("abort", () => reject(new ConnectionLost()));
    request.addEventListener("load", () => {
      if (request.status === 202) resolve(JSON.parse(request.responseText).jobs[0]);
      else problemOf(request.status, request.responseText).then(reject);
    });
    const form = new FormData();
    form.append("file", file, path);
    request.send(form);
  });
}
