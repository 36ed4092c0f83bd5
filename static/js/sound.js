// Two soft notes, made here: no file to fetch, and nobody's rights in it.

const NOTES = [
  [660, 0],
  [880, 0.12],
]
const LASTS = 0.25
const LOUDNESS = 0.12

let context = null

/** Sounds once; a browser in whose page nobody has pressed anything yet stays silent. */
export function chime() {
  context ??= new AudioContext()
  context.resume().catch(() => {})
  for (const [pitch, after] of NOTES) sound(pitch, context.currentTime + after)
}

function sound(pitch, at) {
  const tone = new OscillatorNode(context, { frequency: pitch })
  const volume = new GainNode(context, { gain: 0 })
  volume.gain.setValueAtTime(LOUDNESS, at)
  volume.gain.exponentialRampToValueAtTime(0.001, at + LASTS)
  tone.connect(volume).connect(context.destination)
  tone.start(at)
  tone.stop(at + LASTS)
}
