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

/** WAV sound: the format, how long it is, and whether all samples are there. */
public final class WavValidator implements DatasetValidator {

  private static final int MOST_CHUNKS = 50;

  private static final Kind KIND =
      new Kind(
          "wav",
          "1",
          Set.of(".wav"),
          Set.of("audio/wav", "audio/x-wav", "audio/vnd.wave"),
          head -> Bytes.startsWith(head, "RIFF") && Bytes.has(head, 8, "WAVE"),
          List.of("channels", "sampleRate", "bitsPerSample", "encoding", "durationSeconds"));

  @Override
  public Kind kind() {
    return KIND;
  }

  @Override
  public void read(ByteSource file, Findings findings) {
    Fields riff = file.little(0, 12);
    boolean isRiff = riff.text(4).equals("RIFF");
    long said = riff.u32();
    if (!isRiff || !riff.text(4).equals("WAVE")) {
      throw new Malformed(0, "this is no WAV: no RIFF of WAVE");
    }
    findings.wrongIf(
        said + 8 > file.size(),
        4,
        "the sound was cut off: %d bytes are said and %d are there"
            .formatted(said + 8, file.size()));
    long bytesPerSecond = 0;
    long at = 12;
    for (int count = 0; count < MOST_CHUNKS && file.holds(at, 8); count++) {
      Fields head = file.little(at, 8);
      String name = head.text(4);
      long length = head.u32();
      if (name.equals("fmt ")) {
        bytesPerSecond = format(file.little(at + 8, 16), findings);
      } else if (name.equals("data")) {
        sound(file, at, length, bytesPerSecond, findings);
        return;
      }
      at += 8 + length + length % 2;
    }
    throw new Malformed(Math.min(at, file.size()), "there are no samples: no data chunk");
  }

  private static long format(Fields format, Findings findings) {
    findings.put("encoding", format.u16());
    findings.put("channels", format.u16());
    findings.put("sampleRate", format.u32());
    long bytesPerSecond = format.u32();
    findings.put("bitsPerSample", format.skip(2).u16());
    return bytesPerSecond;
  }

  private static void sound(
      ByteSource file, long at, long length, long bytesPerSecond, Findings findings) {
    findings.wrongIf(bytesPerSecond == 0, at, "the samples have no format before them");
    findings.wrongIf(
        !file.holds(at + 8, length), at, "%d bytes of samples are not there".formatted(length));
    if (bytesPerSecond > 0) {
      findings.put("durationSeconds", (double) length / bytesPerSecond);
    }
  }
}
