package io.waybill.validators.format;

import io.waybill.validators.reading.ByteSource;
import io.waybill.validators.reading.Bytes;
import io.waybill.validators.reading.DatasetValidator;
import io.waybill.validators.reading.Fields;
import io.waybill.validators.reading.Findings;
import io.waybill.validators.reading.Kind;
import io.waybill.validators.reading.Malformed;
import java.util.List;
import java.util.Set;

/** JPEG images: their size, and whether they have their end. */
public final class JpegValidator implements DatasetValidator {

  private static final int MOST_SEGMENTS = 200;

  private static final Kind KIND =
      new Kind(
          "jpeg",
          "1",
          Set.of(".jpg", ".jpeg"),
          Set.of("image/jpeg"),
          head -> Bytes.startsWith(head, "\u00ff\u00d8\u00ff"),
          List.of("width", "height", "components", "progressive"));

  @Override
  public Kind kind() {
    return KIND;
  }

  @Override
  public void read(ByteSource file, Findings findings) {
    if (!Bytes.startsWith(file.head(2), "\u00ff\u00d8")) {
      throw new Malformed(0, "this is no JPEG: it does not begin with SOI");
    }
    size(file, findings);
    if (!Tails.contains(file, "\u00ff\u00d9")) {
      findings.wrong(file.size(), "the image was cut off: there is no EOI");
    }
  }

  private static void size(ByteSource file, Findings findings) {
    long at = 2;
    for (int count = 0; count < MOST_SEGMENTS; count++) {
      Fields head = file.big(at, 4);
      int marker = head.u16();
      int length = head.u16();
      if (marker < 0xff01 || length < 2) {
        throw new Malformed(at, "no segment is here");
      }
      if (isFrame(marker)) {
        frame(marker, file.big(at + 4, 6), findings);
        return;
      }
      at += 2 + length;
    }
    throw new Malformed(at, "no frame in " + MOST_SEGMENTS + " segments");
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xffc0
        && marker <= 0xffcf
        && marker != 0xffc4
        && marker != 0xffc8
        && marker != 0xffcc;
  }

  private static void frame(int marker, Fields frame, Findings findings) {
    frame.skip(1);
    int height = frame.u16();
    int width = frame.u16();
    findings.wrongIf(width == 0, frame.at(), "the image has no width");
    findings.put("width", width);
    findings.put("height", height);
    findings.put("components", frame.u8());
    findings.put("progressive", marker == 0xffc2);
  }
}
