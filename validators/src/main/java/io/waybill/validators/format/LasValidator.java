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

/** LAS point clouds: header, bounds, and whether all points are there. */
public final class LasValidator implements DatasetValidator {

  private static final Kind KIND =
      new Kind(
          "las",
          "1",
          Set.of(".las", ".laz"),
          Set.of("application/vnd.las", "application/vnd.laszip"),
          head -> Bytes.startsWith(head, "LASF"),
          List.of("lasVersion", "points", "pointFormat", "compressed", "software", "min", "max"));

  @Override
  public Kind kind() {
    return KIND;
  }

  @Override
  public void read(ByteSource file, Findings findings) {
    if (!Bytes.startsWith(file.head(4), "LASF")) {
      throw new Malformed(0, "this is no LAS: no signature");
    }
    Fields header = file.little(0, 227).skip(24);
    int major = header.u8();
    int minor = header.u8();
    findings.put("lasVersion", major + "." + minor);
    findings.put("software", header.skip(32).paddedText(32));
    header.skip(4);
    int headerSize = header.u16();
    long data = header.u32();
    int format = header.skip(4).u8();
    int pointLength = header.u16();
    long points = header.u32();
    if (major == 1 && minor >= 4 && headerSize >= 375) {
      points = file.little(247, 8).u64();
    }
    findings.put("points", points);
    findings.put("pointFormat", format & 0x3f);
    findings.put("compressed", format >= 0x80);
    bounds(file.little(179, 48), findings);
    findings.wrongIf(data < headerSize, 96, "points begin inside the header");
    whole(file, data, format >= 0x80 ? 0 : pointLength, points, findings);
  }

  private static void whole(
      ByteSource file, long data, int pointLength, long points, Findings findings) {
    boolean isThere =
        file.holds(data, 0) && (pointLength == 0 || points <= (file.size() - data) / pointLength);
    findings.wrongIf(
        !isThere,
        file.size(),
        "the file was cut off: %d points of %d bytes are said".formatted(points, pointLength));
  }

  private static void bounds(Fields bounds, Findings findings) {
    double[] all = new double[6];
    for (int at = 0; at < all.length; at++) {
      all[at] = bounds.f64();
    }
    findings.put("max", List.of(all[0], all[2], all[4]));
    findings.put("min", List.of(all[1], all[3], all[5]));
  }
}
