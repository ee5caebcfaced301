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

/** PNG images: their header, and whether they have their end. */
public final class PngValidator implements DatasetValidator {

  private static final String MAGIC = "\u0089PNG\r\n\u001a\n";
  private static final String END = "\0\0\0\0IEND\u00aeB`\u0082";

  private static final Kind KIND =
      new Kind(
          "png",
          "1",
          Set.of(".png"),
          Set.of("image/png"),
          head -> Bytes.startsWith(head, MAGIC),
          List.of("width", "height", "bitDepth", "color", "interlaced"));

  @Override
  public Kind kind() {
    return KIND;
  }

  @Override
  public void read(ByteSource file, Findings findings) {
    if (!Bytes.startsWith(file.head(MAGIC.length()), MAGIC)) {
      throw new Malformed(0, "this is no PNG: no signature");
    }
    Fields header = file.big(MAGIC.length(), 25);
    if (header.u32() != 13 || !header.text(4).equals("IHDR")) {
      throw new Malformed(MAGIC.length(), "the first chunk is no IHDR of 13 bytes");
    }
    long at = header.at();
    long width = header.u32();
    long height = header.u32();
    findings.wrongIf(
        width == 0 || height == 0 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE,
        at,
        "the image has %d x %d pixels".formatted(width, height));
    findings.put("width", width);
    findings.put("height", height);
    findings.put("bitDepth", header.u8());
    findings.put("color", color(header.u8()));
    findings.put("interlaced", header.skip(2).u8() == 1);
    if (!Tails.contains(file, END)) {
      findings.wrong(file.size(), "the image was cut off: there is no IEND");
    }
  }

  private static String color(int type) {
    return switch (type) {
      case 0 -> "grayscale";
      case 2 -> "rgb";
      case 3 -> "indexed";
      case 4 -> "grayscale with alpha";
      case 6 -> "rgba";
      default -> "unknown: " + type;
    };
  }
}
