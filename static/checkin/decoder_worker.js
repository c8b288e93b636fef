// Finds a QR code in a camera picture, away from the page's thread. Served from below /door/ with a policy of its own,
// since only this script may compile WebAssembly. The phone's own decoder comes first, where it has one; where a phone
// refuses WebAssembly, one in plain JavaScript works.

const ZXING = "/static/vendor/zxing/";
const PLAIN = "/static/vendor/qr/decode.js";
const OPTIONS = { formats: ["QRCode"], maxNumberOfSymbols: 1, tryHarder: true };
let decoder = null;
let canvas = null;

/** The phone's own decoder, where it has one for QR. Some phones have it in name only: then it throws when it is used. */
async function native() {
  if (!(await self.BarcodeDetector.getSupportedFormats()).includes("qr_code")) throw new Error("no QR");
  const detector = new self.BarcodeDetector({ formats: ["qr_code"] });
  const find = async (picture) => (await detector.detect(picture))[0]?.rawValue ?? "";
  await find(new ImageData(8, 8));
  return find;
}

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

const DECODERS = [["native", native], ["zxing", zxing], ["qr", plain]];

/** Return the first decoder that this phone can use. */
async function ready() {
  while (!decoder) {
    const [name, make] = DECODERS[0];
    try {
      decoder = { name, find: await make() };
    } catch (error) {
      if (DECODERS.length === 1) throw error;
      DECODERS.shift();
    }
  }
  return decoder;
}

/** Return what the decoder finds in `picture`; one that breaks down gives way to the next. */
async function found(picture) {
  const { name, find } = await ready();
  try {
    return await find(picture);
  } catch (error) {
    if (name !== "native") throw error;
    decoder = null;
    DECODERS.shift();
    return "";
  }
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
    const { name } = await ready();
    self.postMessage({ id: data.id, text: picture ? await found(picture) : "", decoder: name });
  } catch (error) {
    self.postMessage({ id: data.id, text: "", error: String(error) });
  }
};
