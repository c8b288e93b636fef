// Finds a QR code in a camera picture, away from the page's thread. Served from below /door/ with a policy of its own,
// since only this script may compile WebAssembly. Where a phone refuses WebAssembly, a decoder in plain JavaScript works.

const ZXING = "/static/vendor/zxing/";
const PLAIN = "/static/vendor/qr/decode.js";
const OPTIONS = { formats: ["QRCode"], maxNumberOfSymbols: 1, tryHarder: true };
let decoder = null;
let canvas = null;

async function zxing() {
  importScripts(`${ZXING}zxing_reader.js`);
  const overrides = { locateFile: (name) => ZXING + name };
  await self.ZXingWASM.prepareZXingModule({ overrides, fireImmediately: true });
  return async (picture) => {
    const [found] = await self.ZXingWASM.readBarcodes(picture, OPTIONS);
    return found?.isValid ? found.text : "";
  };
}

async function plain() {
  const { default: decodeQR } = await import(PLAIN);
  return async (picture) => {
    try {
      return decodeQR(picture);
    } catch {
      return ""; // it throws where there is no code
    }
  };
}

async function ready() {
  if (!decoder) {
    try {
      decoder = { name: "zxing", find: await zxing() };
    } catch {
      decoder = { name: "qr", find: await plain() };
    }
  }
  return decoder;
}

/** Return the picture that came, or draw the camera's frame, at most `widest` pixels wide. */
function pictureOf({ picture, frame, widest }) {
  if (!frame) return picture;
  const scale = Math.min(1, widest / frame.displayWidth);
  canvas ??= new OffscreenCanvas(1, 1);
  canvas.width = Math.round(frame.displayWidth * scale);
  canvas.height = Math.round(frame.displayHeight * scale);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(frame, 0, 0, canvas.width, canvas.height);
  frame.close();
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

self.onmessage = async ({ data }) => {
  try {
    const picture = pictureOf(data); // a frame is let go whatever comes of it: a camera has few of them
    const { name, find } = await ready();
    const text = picture ? await find(picture) : "";
    self.postMessage({ id: data.id, text, decoder: name });
  } catch (error) {
    self.postMessage({ id: data.id, text: "", error: String(error) });
  }
};
