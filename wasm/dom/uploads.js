/** Uploads: files on their way to a server, with word of how far they are; `fetch` has none. */

/** @typedef {{ status: number, header: (name: string) => string, url: string, text: string }} Reply
 *   `url` is where the request was led on to, if it was */

/** Send a body with files.
 * @param {URL} url @param {Record<string, string>} headers @param {FormData} body
 * @param {AbortSignal} signal what stops it
 * @param {(part: number) => void} tell is called with the part that has gone, up to 1
 * @returns {Promise<Reply>} */
export const upload = (url, headers, body, signal, tell) => new Promise((resolve, reject) => {
  const request = new XMLHttpRequest();
  const fail = () => reject(new TypeError('The connection was lost'));
  request.open('POST', url);
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  request.upload.addEventListener('progress', ({ loaded, total }) => tell(loaded / total));
  request.addEventListener('load', () => {
    const { responseText: text, responseURL, status } = request;
    const asked = url.href.split('#')[0];
    resolve({
      status,
      header: (name) => request.getResponseHeader(name) ?? '',
      url: responseURL === asked ? '' : responseURL,
      text,
    });
  });
  request.addEventListener('error', fail);
  request.addEventListener('abort', fail);
  signal.addEventListener('abort', () => request.abort());
  request.send(body);
});
