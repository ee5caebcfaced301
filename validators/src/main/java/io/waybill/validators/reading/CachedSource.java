package io.waybill.validators.reading;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Whole blocks of a file, kept while there is room. Who reads on is given more at a time, so that a
 * long stretch costs few ranges; who jumps is given a block.
 */
public final class CachedSource implements ByteSource {

  public static final int BLOCK = 64 << 10;
  private static final int KEPT = 128;
  private static final int MOST_AHEAD = 32;

  private final long size;
  private final Ranges ranges;
  private final Map<Long, byte[]> blocks = new LinkedHashMap<>(16, 0.75f, true);
  private long expected;
  private int ahead = 1;

  /** Where blocks come from. */
  @FunctionalInterface
  public interface Ranges {
    /** Fewer bytes are returned only where the object ends. */
    byte[] read(long offset, int length);
  }

  public CachedSource(long size, Ranges ranges) {
    this.size = size;
    this.ranges = ranges;
  }

  /** The same, with the first block, which somebody has read already. */
  public CachedSource(long size, byte[] firstBlock, Ranges ranges) {
    this(size, ranges);
    if (firstBlock.length == Math.min(BLOCK, size)) {
      blocks.put(0L, firstBlock);
      expected = 1;
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public byte[] read(long offset, int length) {
    if (length > LONGEST_READ) {
      throw new Malformed(offset, length + " bytes in one piece are more than is read");
    }
    if (!holds(offset, length)) {
      throw new Malformed(
          Math.clamp(offset, 0, size),
          "%d bytes are expected at %d of %d".formatted(length, offset, size));
    }
    byte[] bytes = new byte[length];
    for (int done = 0; done < length; ) {
      long at = offset + done;
      byte[] block = block(at / BLOCK, (offset + length - 1) / BLOCK);
      int from = (int) (at % BLOCK);
      int count = Math.min(block.length - from, length - done);
      System.arraycopy(block, from, bytes, done, count);
      done += count;
    }
    return bytes;
  }

  private byte[] block(long index, long last) {
    byte[] block = blocks.get(index);
    return block != null ? block : fetch(index, last);
  }

  /** Reads a block, with those after it that are wanted or will be, and keeps them. */
  private byte[] fetch(long index, long last) {
    ahead = index == expected ? Math.min(2 * ahead, MOST_AHEAD) : 1;
    long wanted = Math.max(ahead, last - index + 1);
    int count = 1;
    while (count < wanted && (index + count) * BLOCK < size && !blocks.containsKey(index + count)) {
      count++;
    }
    long start = index * BLOCK;
    int length = (int) Math.min((long) count * BLOCK, size - start);
    byte[] bytes = ranges.read(start, length);
    if (bytes.length < length) {
      throw new Malformed(
          start + bytes.length,
          "the stored object ends here; it was said to have " + size + " bytes");
    }
    expected = index + count;
    for (int at = 0; at < count; at++) {
      int from = at * BLOCK;
      keep(index + at, Arrays.copyOfRange(bytes, from, Math.min(from + BLOCK, length)));
    }
    return Objects.requireNonNull(blocks.get(index));
  }

  private void keep(long index, byte[] block) {
    blocks.put(index, block);
    if (blocks.size() > KEPT) {
      blocks.remove(blocks.keySet().iterator().next());
    }
  }
}
