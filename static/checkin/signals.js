// What is heard and felt with a verdict: one high tone and a short buzz for green, two for amber, a low one for red.

const SOUNDS = {
  green: [[880, 0, 0.14]],
  amber: [[660, 0, 0.12], [660, 0.2, 0.12]],
  red: [[196, 0, 0.5]],
};
const BUZZES = { green: [80], amber: [80, 80, 80], red: [400] };
const LATE_MS = 1000;
let audio = null;

/** Wake the loudspeaker: browsers want a tap first. */
export function wake() {
  try {
    audio ??= new AudioContext();
    audio.resume().catch(() => {});
  } catch {
    audio = null; // a phone without sound still shows and buzzes
  }
}

/** Sound and buzz for a light. Never throws: a light that is on the screen and kept stands, heard or not. */
export function signal(light) {
  for (const tell of [buzz, sound]) {
    try {
      tell(light);
    } catch {
      // the phone has it in name only
    }
  }
}

function buzz(light) {
  navigator.vibrate?.(BUZZES[light]);
}

/** A call or a locked screen takes the loudspeaker away: ask for it back, and sound unless that takes too long to be understood. */
function sound(light) {
  if (!audio || audio.state === "running") return play(light);
  const asked = performance.now();
  return audio.resume().then(() => { if (performance.now() - asked < LATE_MS) play(light); }).catch(() => {});
}

function play(light) {
  if (!audio) return;
  for (const [hertz, after, seconds] of SOUNDS[light]) tone(hertz, audio.currentTime + after, seconds);
}

/** Keep the screen on while scanning; the browser lets it go when the page is hidden, so ask again when it is back. */
export async function keepAwake() {
  const ask = () => navigator.wakeLock?.request("screen").catch(() => {});
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  await ask();
}

function tone(hertz, at, seconds) {
  const source = audio.createOscillator();
  const volume = audio.createGain();
  source.type = "square";
  source.frequency.value = hertz;
  volume.gain.setValueAtTime(0.15, at);
  volume.gain.exponentialRampToValueAtTime(0.001, at + seconds);
  source.connect(volume).connect(audio.destination);
  source.start(at);
  source.stop(at + seconds);
}
