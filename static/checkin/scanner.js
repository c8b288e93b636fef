// The camera and the decoder: hands pictures over as fast as the decoder reads them, and tells each code that comes into
// view. Drawing a picture takes a slow phone a tenth of a second, so where the browser can, the decoder's thread does it.

import { CodeGate } from "./code_gate.js";

const WORKER = "/door/decoder_worker.js";
const SIZE = { width: { ideal: 1280 }, height: { ideal: 720 } };
const AT_BACK = { facingMode: "environment" };
const WIDEST = 960;
const PAUSE_MS = 60;
const CAN_HAND_OVER = "VideoFrame" in globalThis && "OffscreenCanvas" in globalThis;
const SLOW_MS = 4000;

export class Scanner {
  #worker = new Worker(WORKER);
  #waiting = new Map();
  #gate = new CodeGate();
  #number = 0;
  #canvas = document.createElement("canvas");

  /** `video` shows the picture; `onCode(text)` is called for each code that comes into view. */
  constructor(video, onCode) {
    Object.assign(this, { video, onCode, isOn: false });
    this.#worker.onmessage = ({ data }) => this.#take(data);
  }

  /** Open the camera `deviceId`, or the one at the back. Resolves to "good", "refused", "missing", "busy" or "decoder". */
  async open(deviceId = "") {
    if (!navigator.mediaDevices?.getUserMedia) return "missing";
    this.#release();
    try {
      const which = deviceId ? { deviceId: { ideal: deviceId } } : AT_BACK;
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { ...which, ...SIZE }, audio: false });
      this.video.srcObject = this.stream;
      await this.video.play();
    } catch (error) {
      return { NotAllowedError: "refused", NotFoundError: "missing" }[error.name] ?? "busy";
    }
    const { decoder } = await this.#ask({}, 15_000);
    this.decoder = decoder ?? "";
    return decoder ? "good" : "decoder";
  }

  start() {
    if (this.isOn || !this.stream) return;
    this.isOn = true;
    this.#look();
  }

  stop() {
    this.isOn = false;
  }

  /** Let the camera go. */
  close() {
    this.stop();
    this.#release();
  }

  #release() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
  }

  get #track() {
    return this.stream?.getVideoTracks()[0];
  }

  /** Return what the open camera can do, as MediaTrackCapabilities; {} where the browser does not say. */
  get capabilities() {
    return this.#track?.getCapabilities?.() ?? {};
  }

  get deviceId() {
    return this.#track?.getSettings?.().deviceId ?? "";
  }

  /** Ask the open camera for `values`, such as {torch: true}; resolves to whether it did. */
  async apply(values) {
    if (!this.#track) return false;
    return this.#track.applyConstraints({ advanced: [values] }).then(() => true, () => false);
  }

  /** Say whether the camera still gives pictures: phones take it away when another app needs it. */
  get isLive() {
    return this.stream?.getVideoTracks().some((track) => track.readyState === "live" && !track.muted) ?? false;
  }

  async #look() {
    while (this.isOn) {
      const message = document.hidden ? null : this.#message();
      if (message) {
        const { text } = await this.#ask(message, SLOW_MS);
        if (text && this.isOn && this.#gate.isNews(text, performance.now())) await this.onCode(text);
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  #message() {
    if (!this.video.videoWidth) return null;
    return CAN_HAND_OVER ? { frame: new VideoFrame(this.video), widest: WIDEST } : { picture: this.#picture() };
  }

  #picture() {
    const { videoWidth, videoHeight } = this.video;
    const scale = Math.min(1, WIDEST / videoWidth);
    this.#canvas.width = Math.round(videoWidth * scale);
    this.#canvas.height = Math.round(videoHeight * scale);
    const context = this.#canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(this.video, 0, 0, this.#canvas.width, this.#canvas.height);
    return context.getImageData(0, 0, this.#canvas.width, this.#canvas.height);
  }

  /** Ask the worker; a worker that does not answer in time has found nothing. */
  #ask(message, most_ms) {
    const id = (this.#number += 1);
    return new Promise((resolve) => {
      const late = setTimeout(() => this.#take({ id }), most_ms);
      this.#waiting.set(id, { resolve, late });
      this.#worker.postMessage({ id, ...message }, [message.frame, message.picture?.data.buffer].filter(Boolean));
    });
  }

  #take(data) {
    const asked = this.#waiting.get(data.id);
    if (!asked) return;
    clearTimeout(asked.late);
    this.#waiting.delete(data.id);
    asked.resolve(data);
  }
}
