package io.waybill.agent.download;

/** A file as equal ranges; the last one is what is left. */
record Chunks(long sizeBytes, long chunkBytes) {

  private static final long MIB = 1 << 20;
  private static final long USUAL = 8 * MIB;

  /** So that a terabyte has no longer list of them than this. */
  private static final long MOST = 20_000;

  static Chunks of(long sizeBytes) {
    long needed = (sizeBytes / MOST / MIB + 1) * MIB;
    return new Chunks(sizeBytes, Math.max(USUAL, needed));
  }

  int count() {
    return Math.toIntExact((sizeBytes + chunkBytes - 1) / chunkBytes);
  }

  long start(int number) {
    return number * chunkBytes;
  }

  long length(int number) {
    return Math.min(chunkBytes, sizeBytes - start(number));
  }
}
