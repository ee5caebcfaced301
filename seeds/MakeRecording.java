import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * Makes the sample recording: {@code java seeds/MakeRecording.java seeds/robot-run-42.mcap}.
 *
 * <p>An MCAP file (https://mcap.dev/spec) as a six-axis arm would write it: joint states at 500 Hz
 * and a motor temperature every second, as JSON, in chunks, with a full summary section. The same
 * bytes every time.
 */
public final class MakeRecording {
  private static final byte[] MAGIC = {(byte) 0x89, 'M', 'C', 'A', 'P', '0', '\r', '\n'};
  private static final long START_NANOS = 1_767_225_600_000_000_000L; // 2026-01-01T00:00:00Z
  private static final int SECONDS = 66;
  private static final int STATES_PER_SECOND = 500;
  private static final int SECONDS_PER_CHUNK = 6;

  private static final String JOINT_STATE_SCHEMA =
      """
      {"type":"object","properties":{"stamp":{"type":"integer"},
      "name":{"type":"array","items":{"type":"string"}},
      "position":{"type":"array","items":{"type":"number"}},
      "velocity":{"type":"array","items":{"type":"number"}},
      "effort":{"type":"array","items":{"type":"number"}}}}""";
  private static final String TEMPERATURE_SCHEMA =
      """
      {"type":"object","properties":{"stamp":{"type":"integer"},"motor":{"type":"string"},
      "celsius":{"type":"number"}}}""";

  private final Record file = new Record();
  private final Random noise = new Random(42);
  private final List<byte[]> chunkIndexes = new ArrayList<>();
  private final long[] messages = new long[3];

  public static void main(String[] arguments) throws IOException {
    Path target = Path.of(arguments.length > 0 ? arguments[0] : "seeds/robot-run-42.mcap");
    byte[] recording = new MakeRecording().record();
    Files.write(target, recording);
    System.out.println(target + ": " + recording.length + " bytes");
  }

  private byte[] record() {
    file.raw(MAGIC);
    file.add(0x01, new Record().text("").text("waybill MakeRecording"));
    for (int second = 0; second < SECONDS; second += SECONDS_PER_CHUNK) {
      chunk(second);
    }
    file.add(0x0F, new Record().u32(0)); // data end, no checksum of the data section
    long summary = file.size();
    schemas(file);
    channels(file);
    for (byte[] index : chunkIndexes) {
      file.raw(index);
    }
    statistics();
    byte[] summarized = file.bytes();
    CRC32 crc = new CRC32();
    crc.update(summarized, (int) summary, summarized.length - (int) summary);
    byte[] footerHead = new Record().u8(0x02).u64(20).u64(summary).u64(0).bytes();
    crc.update(footerHead);
    file.raw(footerHead).u32(crc.getValue());
    file.raw(MAGIC);
    return file.bytes();
  }

  private void chunk(int firstSecond) {
    Record records = new Record();
    List<Record> entries = List.of(new Record(), new Record());
    if (firstSecond == 0) {
      schemas(records);
      channels(records);
    }
    long from = START_NANOS + firstSecond * 1_000_000_000L;
    long last = from;
    for (int tick = 0; tick < SECONDS_PER_CHUNK * STATES_PER_SECOND; tick++) {
      long stamp = from + tick * (1_000_000_000L / STATES_PER_SECOND);
      double t = (stamp - START_NANOS) / 1e9;
      if (tick % STATES_PER_SECOND == 0) {
        message(records, entries, 2, stamp, temperature(stamp, t));
      }
      message(records, entries, 1, stamp, jointState(stamp, t));
      last = stamp;
    }
    byte[] content = records.bytes();
    CRC32 crc = new CRC32();
    crc.update(content);
    long chunkStart = file.size();
    file.add(
        0x06,
        new Record()
            .u64(from)
            .u64(last)
            .u64(content.length)
            .u32(crc.getValue())
            .text("")
            .u64(content.length)
            .raw(content));
    long chunkLength = file.size() - chunkStart;
    indexes(entries, from, last, chunkStart, chunkLength, content.length);
  }

  private void indexes(
      List<Record> entries, long from, long last, long start, long length, long contentLength) {
    Record offsets = new Record();
    long indexStart = file.size();
    for (int channel = 1; channel <= 2; channel++) {
      offsets.u16(channel).u64(file.size());
      byte[] entry = entries.get(channel - 1).bytes();
      file.add(0x07, new Record().u16(channel).u32(entry.length).raw(entry));
    }
    byte[] map = offsets.bytes();
    Record index =
        new Record()
            .u64(from)
            .u64(last)
            .u64(start)
            .u64(length)
            .u32(map.length)
            .raw(map)
            .u64(file.size() - indexStart)
            .text("")
            .u64(contentLength)
            .u64(contentLength);
    chunkIndexes.add(new Record().add(0x08, index).bytes());
  }

  private void message(
      Record records, List<Record> entries, int channel, long stamp, String payload) {
    entries.get(channel - 1).u64(stamp).u64(records.size());
    records.add(
        0x05,
        new Record()
            .u16(channel)
            .u32(messages[channel]++)
            .u64(stamp)
            .u64(stamp)
            .raw(payload.getBytes(StandardCharsets.UTF_8)));
  }

  private static void schemas(Record into) {
    into.add(0x03, schema(1, "waybill.JointState", JOINT_STATE_SCHEMA));
    into.add(0x03, schema(2, "waybill.MotorTemperature", TEMPERATURE_SCHEMA));
  }

  private static Record schema(int id, String name, String definition) {
    byte[] bytes = definition.getBytes(StandardCharsets.UTF_8);
    return new Record().u16(id).text(name).text("jsonschema").u32(bytes.length).raw(bytes);
  }

  private static void channels(Record into) {
    into.add(0x04, new Record().u16(1).u16(1).text("/joint_states").text("json").u32(0));
    into.add(0x04, new Record().u16(2).u16(2).text("/motor_temperature").text("json").u32(0));
  }

  private void statistics() {
    file.add(
        0x0B,
        new Record()
            .u64(messages[1] + messages[2])
            .u16(2)
            .u32(2)
            .u32(0)
            .u32(0)
            .u32(chunkIndexes.size())
            .u64(START_NANOS)
            .u64(START_NANOS + SECONDS * 1_000_000_000L - 1_000_000_000L / STATES_PER_SECOND)
            .u32(20)
            .u16(1)
            .u64(messages[1])
            .u16(2)
            .u64(messages[2]));
  }

  private String jointState(long stamp, double t) {
    StringBuilder position = new StringBuilder();
    StringBuilder velocity = new StringBuilder();
    StringBuilder effort = new StringBuilder();
    for (int joint = 0; joint < 6; joint++) {
      double pace = 0.3 + 0.17 * joint;
      append(position, Math.sin(pace * t + joint) + 1e-4 * noise.nextGaussian());
      append(velocity, pace * Math.cos(pace * t + joint) + 1e-3 * noise.nextGaussian());
      append(effort, 12 * Math.cos(pace * t) + 3 * joint + 0.05 * noise.nextGaussian());
    }
    return """
    {"stamp":%d,"name":["base","shoulder","elbow","wrist_1","wrist_2","wrist_3"],\
    "position":[%s],"velocity":[%s],"effort":[%s]}"""
        .formatted(stamp, position, velocity, effort);
  }

  private String temperature(long stamp, double t) {
    return String.format(
        Locale.ROOT,
        "{\"stamp\":%d,\"motor\":\"shoulder\",\"celsius\":%.2f}",
        stamp,
        38 + 9 * (1 - Math.exp(-t / 40)) + 0.1 * noise.nextGaussian());
  }

  private static void append(StringBuilder values, double value) {
    if (!values.isEmpty()) {
      values.append(',');
    }
    values.append(String.format(Locale.ROOT, "%.6f", value));
  }

  /** Little-endian fields, and records of records: one byte of opcode, eight of length. */
  private static final class Record {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Record u8(int value) {
      bytes.write(value);
      return this;
    }

    Record u16(int value) {
      return raw(little(2).putShort((short) value).array());
    }

    Record u32(long value) {
      return raw(little(4).putInt((int) value).array());
    }

    Record u64(long value) {
      return raw(little(8).putLong(value).array());
    }

    Record text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      return u32(utf8.length).raw(utf8);
    }

    Record raw(byte[] more) {
      bytes.writeBytes(more);
      return this;
    }

    Record add(int opcode, Record content) {
      byte[] body = content.bytes();
      return u8(opcode).u64(body.length).raw(body);
    }

    long size() {
      return bytes.size();
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }

    private static ByteBuffer little(int size) {
      return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
