// Brings the phone to "ready": fetches the roster, opens the camera, compares clocks, and shows how far it has come.

import { checks, isOld, isReady, isReadyWithoutCamera } from "./readiness.js";
import { storageState } from "./storage_state.js";

export class Ready {
  #state = {
    rosterCount: null, rosterError: "", cameraState: "waiting", clockOffsetSeconds: null, storageState: "waiting",
  };

  constructor({ store, keeper, view, scanner, warningSeconds, onLetGo }) {
    Object.assign(this, { store, keeper, view, scanner, warningSeconds, onLetGo });
  }

  prepare() {
    this.#tell();
    return Promise.all([this.#checkStorage(), this.#fetchRoster(), this.#openCamera()]);
  }

  /** Compare with the server's clock as it answered just now. */
  measureClock(serverUtc) {
    const offset = (Date.parse(serverUtc) - Date.now()) / 1000;
    this.#change({ clockOffsetSeconds: offset });
    return this.store.set({ clock_offset: offset });
  }

  /** The server answers again: fetch the list that could not be fetched before. */
  retry() {
    if (!this.#state.rosterError) return null;
    this.#change({ rosterError: "", rosterCount: null });
    return this.#fetchRoster();
  }

  async #fetchRoster() {
    try {
      await this.keeper.fetchRoster();
      this.#change({ rosterCount: await this.store.rosterCount(), rosterError: "" });
    } catch (error) {
      if (error.status === 401) this.onLetGo(error.message);
      else await this.#useKept();
    }
  }

  /** Without network, what was fetched earlier in the day is good enough to begin with. */
  async #useKept() {
    if (!(await this.store.get("roster"))) return this.#change({ rosterError: "bad" });
    if (isOld(await this.store.get("list_as_of"), Date.now())) return this.#change({ rosterError: "old" });
    const kept = (await this.store.get("clock_offset")) ?? null;
    const clockOffsetSeconds = this.#state.clockOffsetSeconds ?? kept;
    return this.#change({ rosterCount: await this.store.rosterCount(), clockOffsetSeconds });
  }

  async #checkStorage() {
    this.#change({ storageState: await storageState(this.store) });
  }

  async #openCamera() {
    this.#change({ cameraState: await this.scanner.open(await this.store.get("camera")) });
  }

  #change(values) {
    Object.assign(this.#state, values);
    this.#tell();
  }

  #tell() {
    const list = checks({ ...this.#state, warningSeconds: this.warningSeconds });
    this.view.checks(list);
    this.view.enable("begin", isReady(list));
    this.view.reveal("begin-typing", isReadyWithoutCamera(list) && !isReady(list));
    this.view.reveal("try-again", list.some((check) => check.state === "bad"));
    this.view.say("ready-title", isReady(list) ? "ready" : "not_ready");
  }
}
