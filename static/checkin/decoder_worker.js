// Finds a QR code in a camera picture, away from the page's thread. Served from below /door/ with a policy of its own,
// since only this script may compile WebAssembly. Where a phone refuses WebAssembly, a decoder in plain JavaScript works.

const ZXING = "/static/vendor/zxing/";
const PLAIN = "/static/vendor/qr/decode.js";
const OPTIONS = { formats: ["QRCode"], maxNumberOfSymbols: 1, tryHarder: true };
let decoder = null;

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

self.onmessage = async ({ data }) => {
  try {
    const { name, find } = await ready();
    const text = data.picture ? await find(data.picture) : "";
    self.postMessage({ id: data.id, text, decoder: name });
  } catch (error) {
    self.postMessage({ id: data.id, text: "", error: String(error) });
  }
};
