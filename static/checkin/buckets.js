// The guest list in a few large records: one record a guest takes a slow phone ten seconds to write. Pure.

/** Return in which bucket `entry` is kept: one of 64, since an entry is the base64url of a hash. */
export const bucketOf = (entry) => entry.slice(0, 1);

/** Return [[bucket, {entry: value}]] of `pairs`, [[entry, value]]; of an entry that stands there twice, the last. */
export function inBuckets(pairs) {
  const buckets = new Map();
  for (const [entry, value] of pairs) {
    const bucket = bucketOf(entry);
    if (!buckets.has(bucket)) buckets.set(bucket, {});
    buckets.get(bucket)[entry] = value;
  }
  return [...buckets];
}
