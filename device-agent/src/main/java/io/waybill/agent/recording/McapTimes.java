package io.waybill.agent.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The statistics in the summary of an MCAP (https://mcap.dev/spec), which stands at its end. */
final class McapTimes {

  private static final byte[] MAGIC = "\u0089MCAP0\r\n".getBytes(StandardCharsets.ISO_8859_1);
  private static final int HEAD = 9;
  private static final int FOOTER = HEAD + 20;
  private static final int STATISTICS = 0x0B;
  private static final int SUMMARY_OFFSET = 0x0E;

  private final Window file;

  McapTimes(Window file) {
    this.file = file;
  }

  TimeRange read() throws IOException {
    long footer = file.size() - MAGIC.length - FOOTER;
    isMagic(0);
    isMagic(file.size() - MAGIC.length);
    ByteBuffer fields = file.at(footer + HEAD, FOOTER - HEAD);
    long summary = fields.getLong();
    long offsets = fields.getLong();
    if (summary <= 0 || summary > footer || offsets > footer) {
      throw new IOException("it has no summary");
    }
    long end = offsets <= 0 ? footer : offsets;
    return statistics(offsets <= 0 ? summary : groupOf(offsets, footer, summary), end);
  }

  private void isMagic(long at) throws IOException {
    byte[] found = new byte[MAGIC.length];
    file.at(at, MAGIC.length).get(found);
    if (!Arrays.equals(found, MAGIC)) {
      throw new IOException("it is not whole");
    }
  }

  /** Where the statistics are, as the list of groups says; else where the summary begins. */
  private long groupOf(long offsets, long end, long summary) throws IOException {
    for (long at = offsets; at < end; at += HEAD + length(at)) {
      if (opcode(at) == SUMMARY_OFFSET && file.at(at + HEAD, 9).get() == STATISTICS) {
        ByteBuffer group = file.at(at + HEAD, 9);
        return group.getLong(group.position() + 1);
      }
    }
    return summary;
  }

  private TimeRange statistics(long from, long end) throws IOException {
    for (long at = from; at < end; at += HEAD + length(at)) {
      if (opcode(at) == STATISTICS) {
        ByteBuffer body = file.at(at + HEAD, 8 + 2 + 4 * 4 + 8 + 8);
        int start = body.position();
        if (body.getLong(start) == 0) {
          throw new IOException("it has no messages");
        }
        return TimeRange.ofNanos(body.getLong(start + 26), body.getLong(start + 34));
      }
    }
    throw new IOException("it has no statistics");
  }

  private int opcode(long at) throws IOException {
    return file.at(at, HEAD).get() & 0xff;
  }

  private long length(long at) throws IOException {
    ByteBuffer head = file.at(at, HEAD);
    long length = head.getLong(head.position() + 1);
    if (length < 0 || length > file.size()) {
      throw new IOException("a record is longer than the file");
    }
    return length;
  }
}
