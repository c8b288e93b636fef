// Light, zoom and choice of camera, each shown only where the phone has it.

const find = (id) => document.getElementById(id);

/** Return [{id, label}] of the cameras in `devices`; a camera without a name is called by its number, as by `name(number)`. */
export function cameras(devices, name) {
  const found = devices.filter(({ kind, deviceId }) => kind === "videoinput" && deviceId);
  return found.map(({ deviceId, label }, at) => ({ id: deviceId, label: label || name(at + 1) }));
}

export class CameraControls {
  #isLit = false;

  /** `reopen(deviceId)` opens another camera. */
  constructor({ view, scanner, reopen }) {
    Object.assign(this, { view, scanner, reopen });
  }

  /** Show what the open camera can do. */
  async show() {
    const { torch, zoom } = this.scanner.capabilities;
    this.#isLit = false;
    find("torch").setAttribute("aria-pressed", "false");
    this.view.reveal("torch", Boolean(torch));
    this.view.reveal("zoom-field", Boolean(zoom && zoom.max > zoom.min));
    if (zoom) Object.assign(find("zoom"), { min: zoom.min, max: zoom.max, step: zoom.step || 0.1, value: zoom.min });
    await this.#list();
  }

  async #list() {
    const devices = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
    const found = cameras(devices, (number) => this.view.texts("camera_number", { number }));
    this.view.reveal("camera-field", found.length > 1);
    find("camera-list").replaceChildren(...found.map(({ id, label }) => new Option(label, id)));
    find("camera-list").value = this.scanner.deviceId;
  }

  async light() {
    this.#isLit = await this.scanner.apply({ torch: !this.#isLit }) ? !this.#isLit : this.#isLit;
    find("torch").setAttribute("aria-pressed", String(this.#isLit));
  }

  zoom() {
    return this.scanner.apply({ zoom: Number(find("zoom").value) });
  }

  async choose() {
    await this.reopen(find("camera-list").value);
    await this.show();
  }
}

/** Connect the controls; `current()` is this shift's. */
export function wireCamera(on, current) {
  on("torch", () => current().light());
  find("zoom").addEventListener("input", () => current().zoom());
  find("camera-list").addEventListener("change", () => current().choose());
}
