package io.waybill.agent.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The CRC32C of every part of one session, over the bytes that were sent. A part has one sum: it is
 * written down before the last bytes of the part leave, so that no store ever holds a part whose
 * sum a killed process would have forgotten, and no later attempt may end with other bytes. Safe
 * for use by many threads.
 */
public final class PartSums {

  private static final Pattern LINE = Pattern.compile("(\\S{36}) (\\d{1,5}) ([0-9a-f]{8})");

  private final Path journal;
  private final String session;
  private final int[] sums;
  private final BitSet known = new BitSet();

  private PartSums(Path journal, String session, int partCount) {
    this.journal = journal;
    this.session = session;
    this.sums = new int[partCount + 1];
  }

  /**
   * What the journal says of one session. A line that is torn, and a journal that cannot be read,
   * say nothing: a part whose sum is not known is sent once more.
   */
  static PartSums read(Path journal, String session, int partCount) {
    PartSums sums = new PartSums(journal, session, partCount);
    if (Files.exists(journal)) {
      try (Stream<String> lines = Files.lines(journal, StandardCharsets.ISO_8859_1)) {
        lines.forEach(sums::take);
      } catch (IOException | UncheckedIOException e) {
        // as if nothing had been sent
      }
    }
    return sums;
  }

  private void take(String line) {
    Matcher matcher = LINE.matcher(line);
    if (matcher.matches() && matcher.group(1).equals(session)) {
      int part = Integer.parseInt(matcher.group(2));
      if (part >= 1 && part < sums.length && !known.get(part)) {
        sums[part] = HexFormat.fromHexDigits(matcher.group(3));
        known.set(part);
      }
    }
  }

  /**
   * A part is about to be whole on the wire.
   *
   * @return whether it has the sum that it always had; the first one counts
   */
  public synchronized boolean agrees(int part, int crc32c) {
    if (!known.get(part)) {
      sums[part] = crc32c;
      known.set(part);
      append(part, crc32c);
    }
    return sums[part] == crc32c;
  }

  /** Each line begins its own, so that the torn end of another one spoils nothing. */
  private void append(int part, int crc32c) {
    String line = "\n" + session + " " + part + " " + HexFormat.of().toHexDigits(crc32c);
    try {
      Files.writeString(
          journal,
          line,
          StandardCharsets.ISO_8859_1,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      // The upload goes on: a run that does not know the sum of a part sends it once more.
    }
  }

  public synchronized boolean knows(int part) {
    return known.get(part);
  }

  public synchronized int of(int part) {
    return sums[part];
  }

  /** The parts whose sums are known, at this moment. */
  public synchronized BitSet known() {
    return (BitSet) known.clone();
  }
}
