// One shift on this phone: puts together what it needs, from the camera to the screens beside the scanner.

import { Api } from "./api.js";
import { CameraControls } from "./camera_controls.js";
import { Door } from "./door.js";
import { FaultyScreen } from "./faulty_screen.js";
import { InCharge } from "./in_charge.js";
import { showInCharge } from "./in_charge_words.js";
import { Keeper } from "./keeper.js";
import { NamesScreen } from "./names_screen.js";
import { Ready } from "./ready.js";
import { Scanner } from "./scanner.js";
import { signal } from "./signals.js";
import { Sync } from "./sync.js";
import { timing } from "./timing.js";
import { WalkIn } from "./walk_in.js";

export class Shift {
  /** `told` is what pairing answered; `back()` shows the screen that others are opened from; `onLetGo(words)` as in Sync. */
  constructor({ told, store, view, warningSeconds, back, onLetGo }) {
    const api = new Api(told.device_token);
    const scanner = new Scanner(document.getElementById("camera"), (text) => this.door.onCode(text));
    const keeper = new Keeper({ store, api, timing, onNames: () => this.names.refresh() });
    const ready = new Ready({ store, keeper, view, scanner, warningSeconds, onLetGo });
    const sync = new Sync({ store, api, timing, hooks: { ...this.#hooks(), onLetGo } });
    const door = new Door({ store, sync, view, signal, shift: told });
    const controls = new CameraControls({ view, scanner, reopen: (deviceId) => this.#reopen(deviceId) });
    const [walkIn, names, faulty] = [WalkIn, NamesScreen, FaultyScreen].map((Screen) => new Screen({ store, view, door, leave: back }));
    const inCharge = new InCharge({ store, show: showInCharge });
    Object.assign(this, { told, store, view, scanner, keeper, ready, sync, door, controls, walkIn, names, faulty, inCharge });
  }

  /** Show the ready screen and make everything ready. */
  async prepare() {
    const { told, view } = this;
    await Promise.all([this.names.refresh(), this.inCharge.open()]);
    view.put("event", told.event.title);
    view.put("door", told.door);
    view.put("rehearsal", told.rehearsal ? view.texts("rehearsal") : "");
    view.show("ready");
    this.sync.nudge();
    await this.ready.prepare();
  }

  /** Send nothing more, and let the camera go. */
  end() {
    this.sync.stop();
    this.inCharge.end();
    this.scanner.close();
  }

  #hooks() {
    return {
      onResults: (results) => this.door.onResults(results),
      onNews: async (news) => {
        this.ready.measureClock(news.server_utc);
        this.door.onClashes(news.clashes);
        await this.inCharge.take(news.in_charge);
        await this.keeper.follow(news);
      },
      onContact: (isOnline, isNews) => {
        this.door.onContact(isOnline, isNews);
        if (!isOnline) return;
        this.keeper.tend();
        this.ready.retry();
      },
    };
  }

  /** Open another camera, and the same one after the next start. */
  async #reopen(deviceId) {
    await this.store.set({ camera: deviceId });
    await this.scanner.open(deviceId);
  }
}
