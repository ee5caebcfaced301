package io.waybill.validators.format;

import io.waybill.validators.reading.ByteSource;
import io.waybill.validators.reading.Bytes;
import io.waybill.validators.reading.DatasetValidator;
import io.waybill.validators.reading.Fields;
import io.waybill.validators.reading.Findings;
import io.waybill.validators.reading.Kind;
import io.waybill.validators.reading.Malformed;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** gzip: its header, the first block, and the length in its trailer. */
public final class GzipValidator implements DatasetValidator {

  private static final String MAGIC = "\u001f\u008b\b";
  private static final int HEAD = 64 << 10;
  private static final int LEAST = 18;

  private static final Kind KIND =
      new Kind(
          "gzip",
          "1",
          Set.of(".gz", ".tgz"),
          Set.of("application/gzip", "application/x-gzip"),
          head -> Bytes.startsWith(head, MAGIC),
          List.of("originalName", "originalBytesModulo"));

  @Override
  public Kind kind() {
    return KIND;
  }

  @Override
  public void read(ByteSource file, Findings findings) {
    byte[] head = file.head(HEAD);
    if (!Bytes.startsWith(head, MAGIC)) {
      throw new Malformed(0, "this is no gzip: no magic");
    }
    if (file.size() < LEAST) {
      throw new Malformed(file.size(), "the file was cut off: it has no trailer");
    }
    Fields fields = new Fields(head, 0, ByteOrder.LITTLE_ENDIAN).skip(3);
    int flags = fields.u8();
    fields.skip(6);
    if ((flags & 4) != 0) {
      fields.skip(fields.u16());
    }
    if ((flags & 8) != 0) {
      findings.put("originalName", zeroEnded(fields));
    }
    if ((flags & 16) != 0) {
      zeroEnded(fields);
    }
    fields.skip((flags & 2) != 0 ? 2 : 0);
    inflate(fields, findings);
    findings.put("originalBytesModulo", file.little(file.size() - 4, 4).u32());
  }

  private static String zeroEnded(Fields fields) {
    StringBuilder text = new StringBuilder();
    for (int next = fields.u8(); next != 0; next = fields.u8()) {
      text.append((char) next);
    }
    return text.toString();
  }

  /** Whether the first bytes can be inflated at all; what comes of them is thrown away. */
  private static void inflate(Fields fields, Findings findings) {
    long at = fields.at();
    try (Inflater inflater = new Inflater(true)) {
      inflater.setInput(fields.raw(fields.left()));
      byte[] thrownAway = new byte[HEAD];
      int rounds = 0;
      while (rounds++ < 64 && inflater.inflate(thrownAway) > 0) {
        at = fields.at();
      }
    } catch (DataFormatException e) {
      findings.wrong(at, "what is compressed is damaged: " + e.getMessage());
    }
  }
}
