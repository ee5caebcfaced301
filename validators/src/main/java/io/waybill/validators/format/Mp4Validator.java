package io.waybill.validators.format;

import io.waybill.validators.reading.ByteSource;
import io.waybill.validators.reading.Bytes;
import io.waybill.validators.reading.DatasetValidator;
import io.waybill.validators.reading.Fields;
import io.waybill.validators.reading.Findings;
import io.waybill.validators.reading.Kind;
import io.waybill.validators.reading.Malformed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** MP4 and QuickTime films: their boxes, the duration and the tracks. */
public final class Mp4Validator implements DatasetValidator {

  private static final int MOST_BOXES = 2000;
  private static final int MOST_AT_TOP = 40;
  private static final Set<String> STILLS =
      Set.of("heic", "heix", "mif1", "msf1", "avif", "avis", "crx ");
  private static final Set<String> OPENED = Set.of("trak", "mdia", "minf", "stbl");

  private static final Kind KIND =
      new Kind(
          "mp4",
          "1",
          Set.of(".mp4", ".mov", ".m4v"),
          Set.of("video/mp4", "video/quicktime"),
          Mp4Validator::isFilm,
          List.of("brand", "durationSeconds", "tracks"));

  @Override
  public Kind kind() {
    return KIND;
  }

  private static boolean isFilm(byte[] head) {
    return Bytes.has(head, 4, "ftyp") && STILLS.stream().noneMatch(b -> Bytes.has(head, 8, b));
  }

  private record Box(String type, long body, long end) {}

  @Override
  public void read(ByteSource file, Findings findings) {
    boolean hasFilm = false;
    long at = 0;
    for (int count = 0; at < file.size() && count < MOST_AT_TOP; count++) {
      Box box = box(file, at, file.size());
      if (count == 0 && box.type().chars().anyMatch(letter -> letter < ' ' || letter > '~')) {
        throw new Malformed(0, "this is no MP4: no box begins it");
      }
      if (box.type().equals("ftyp")) {
        findings.put("brand", file.big(box.body(), 4).text(4));
      } else if (box.type().equals("moov")) {
        hasFilm = true;
        film(file, box, findings);
      }
      at = box.end();
    }
    findings.wrongIf(!hasFilm, at, "the film was cut off: there is no moov");
  }

  private static Box box(ByteSource file, long at, long end) {
    Fields head = file.big(at, 8);
    long length = head.u32();
    String type = head.text(4);
    long body = at + 8;
    if (length == 1) {
      length = file.big(body, 8).u64();
      body += 8;
    } else if (length == 0) {
      length = end - at;
    }
    if (length < body - at || length > end - at) {
      throw new Malformed(at, "a box %s of %d bytes does not fit here".formatted(type, length));
    }
    return new Box(type, body, at + length);
  }

  /**
   * Walks through what lies in a moov, and in the boxes that are opened, in the order of the file.
   */
  private static void film(ByteSource file, Box moov, Findings findings) {
    List<Map<String, Object>> tracks = new ArrayList<>();
    long at = moov.body();
    for (int count = 0; at < moov.end() && count < MOST_BOXES; count++) {
      Box box = box(file, at, moov.end());
      if (box.type().equals("trak") && tracks.size() < Findings.LONGEST_LIST) {
        tracks.add(new LinkedHashMap<>());
      }
      leaf(file, box, tracks.isEmpty() ? new LinkedHashMap<>() : tracks.getLast(), findings);
      at = OPENED.contains(box.type()) ? box.body() : box.end();
    }
    findings.put("tracks", tracks);
  }

  private static void leaf(ByteSource file, Box box, Map<String, Object> track, Findings findings) {
    int length = (int) Math.min(box.end() - box.body(), 256);
    switch (box.type()) {
      case "mvhd" -> findings.put("durationSeconds", duration(file.big(box.body(), length)));
      case "mdhd" -> track.put("durationSeconds", duration(file.big(box.body(), length)));
      case "hdlr" -> track.putIfAbsent("kind", file.big(box.body(), length).skip(8).text(4));
      case "stsd" -> codec(file.big(box.body(), length), track);
      default -> {}
    }
  }

  private static double duration(Fields fields) {
    boolean isWide = fields.u8() == 1;
    fields.skip(isWide ? 19 : 11);
    long perSecond = fields.u32();
    long duration = isWide ? fields.u64() : fields.u32();
    return perSecond == 0 ? 0 : (double) duration / perSecond;
  }

  private static void codec(Fields entries, Map<String, Object> track) {
    track.put("codec", entries.skip(12).text(4));
    if ("vide".equals(track.get("kind")) && entries.left() >= 28) {
      track.put("width", entries.skip(24).u16());
      track.put("height", entries.u16());
    }
  }
}
