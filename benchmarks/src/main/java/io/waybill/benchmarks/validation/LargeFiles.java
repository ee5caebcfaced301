package io.waybill.benchmarks.validation;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.Deflater;

/** Whole files of any size, with holes where their data would be. */
final class LargeFiles {
  private static final HexFormat HEX = HexFormat.of();

  private LargeFiles() {}

  /** Writes one; the holes take no room on the disk. */
  interface Maker {
    void write(RandomAccessFile file, long size) throws IOException;
  }

  static Path make(Path path, long size, Maker maker) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(size);
      maker.write(file, size);
    }
    return path;
  }

  /** Chunks of 4 MiB, each with its entry in the summary, one topic. */
  static void mcap(RandomAccessFile file, long size) throws IOException {
    byte[] magic = HEX.parseHex("894d434150300d0a");
    long chunk = 4 << 20;
    long perIndex = 80;
    int chunks = (int) ((size - 1024) / (chunk + perIndex));
    LittleEndian begin =
        new LittleEndian().raw(magic).record(1, new LittleEndian().text("ros2").text("benchmark"));
    long first = begin.size();
    at(file, 0, begin);
    for (int i = 0; i < chunks; i++) {
      at(
          file,
          first + i * chunk,
          new LittleEndian()
              .u8(6)
              .u64(chunk - 9)
              .u64(i)
              .u64(i + 1)
              .u64(chunk)
              .u32(0)
              .text("")
              .u64(0));
    }
    // what is left before the end is one record that nobody knows
    LittleEndian end = new LittleEndian().record(0x0f, new LittleEndian().u32(0));
    LittleEndian summary = summary(first, chunk, chunks);
    long footer = 9L + 20 + magic.length;
    long filler = first + chunks * chunk;
    long summaryAt = size - footer - summary.size();
    long endAt = summaryAt - end.size();
    at(file, filler, new LittleEndian().u8(0x80).u64(endAt - filler - 9));
    at(file, endAt, end.raw(summary.all()));
    at(
        file,
        size - footer,
        new LittleEndian().record(2, new LittleEndian().u64(summaryAt).u64(0).u32(0)).raw(magic));
  }

  private static LittleEndian summary(long first, long chunk, int chunks) {
    LittleEndian summary =
        new LittleEndian()
            .record(3, new LittleEndian().u16(1).text("sensor_msgs/Image").text("ros2msg").u32(0))
            .record(4, new LittleEndian().u16(1).u16(1).text("/camera").text("cdr").u32(0));
    for (int i = 0; i < chunks; i++) {
      summary.record(
          8,
          new LittleEndian()
              .u64(i)
              .u64(i + 1)
              .u64(first + i * chunk)
              .u64(chunk)
              .u32(0)
              .u64(0)
              .text("")
              .u64(chunk)
              .u64(chunk));
    }
    return summary.record(
        0x0b,
        new LittleEndian()
            .u64(chunks)
            .u16(1)
            .u32(1)
            .u32(0)
            .u32(0)
            .u32(chunks)
            .u64(0)
            .u64(chunks)
            .u32(10)
            .u16(1)
            .u64(chunks));
  }

  static void sqlite(RandomAccessFile file, long size) throws IOException {
    ByteBuffer page = ByteBuffer.allocate(4096);
    page.put("SQLite format 3\0".getBytes(StandardCharsets.US_ASCII));
    page.putShort((short) 4096).put((byte) 1).put((byte) 1).put((byte) 0);
    page.put((byte) 64).put((byte) 32).put((byte) 32).putInt(1).putInt((int) (size / 4096));
    page.putInt(92, 1).putInt(56, 1).putInt(44, 4).put(100, (byte) 13);
    page.putShort(105, (short) 4096);
    at(file, 0, new LittleEndian().raw(page.array()));
  }

  static void hdf5(RandomAccessFile file, long size) throws IOException {
    at(
        file,
        0,
        new LittleEndian()
            .raw(HEX.parseHex("894844460d0a1a0a"))
            .u8(2)
            .u8(8)
            .u8(8)
            .u8(0)
            .u64(0)
            .u64(-1)
            .u64(size)
            .u64(48)
            .u32(0));
  }

  static void parquet(RandomAccessFile file, long size) throws IOException {
    byte[] magic = "PAR1".getBytes(StandardCharsets.US_ASCII);
    byte[] footer = HEX.parseHex("1502191c4803646f6315000016c801190c00");
    at(file, 0, new LittleEndian().raw(magic));
    at(
        file,
        size - footer.length - 8,
        new LittleEndian().raw(footer).u32(footer.length).raw(magic));
  }

  static void zip(RandomAccessFile file, long size) throws IOException {
    byte[] name = "run.bin".getBytes(StandardCharsets.US_ASCII);
    long data = size - 30 - name.length - 46 - name.length - 22;
    LittleEndian common =
        new LittleEndian()
            .u16(20)
            .u16(0)
            .u16(0)
            .u16(0)
            .u16(0)
            .u32(0)
            .u32(data)
            .u32(data)
            .u16(name.length);
    at(file, 0, new LittleEndian().u32(0x04034b50).raw(common.all()).u16(0).raw(name));
    LittleEndian directory =
        new LittleEndian()
            .u32(0x02014b50)
            .u16(20)
            .raw(common.all())
            .u16(0)
            .u16(0)
            .u16(0)
            .u16(0)
            .u32(0)
            .u32(0)
            .raw(name);
    long from = size - 22 - directory.size();
    int length = directory.size();
    at(
        file,
        from,
        directory.u32(0x06054b50).u16(0).u16(0).u16(1).u16(1).u32(length).u32(from).u16(0));
  }

  static void gzip(RandomAccessFile file, long size) throws IOException {
    Deflater deflater = new Deflater(0, true);
    deflater.setInput(new byte[1 << 20]);
    byte[] stored = new byte[2 << 20];
    int length = deflater.deflate(stored);
    deflater.end();
    at(file, 0, new LittleEndian().raw(HEX.parseHex("1f8b08000000000000ff")).raw(stored, length));
  }

  static void wav(RandomAccessFile file, long size) throws IOException {
    at(
        file,
        0,
        new LittleEndian()
            .raw("RIFF".getBytes(StandardCharsets.US_ASCII))
            .u32(size - 8)
            .raw("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
            .u32(16)
            .u16(1)
            .u16(2)
            .u32(48_000)
            .u32(192_000)
            .u16(4)
            .u16(16)
            .raw("data".getBytes(StandardCharsets.US_ASCII))
            .u32(size - 44));
  }

  static void csv(RandomAccessFile file, long size) throws IOException {
    byte[] rows = "1,2,3\n".repeat(30_000).getBytes(StandardCharsets.US_ASCII);
    at(file, 0, new LittleEndian().raw("time,x,y\n".getBytes(StandardCharsets.US_ASCII)).raw(rows));
    at(file, size - rows.length, new LittleEndian().raw(rows));
  }

  static void mp4(RandomAccessFile file, long size) throws IOException {
    byte[] ftyp = "ftypisom".getBytes(StandardCharsets.US_ASCII);
    byte[] movie = HEX.parseHex("0000006c6d766864" + "00".repeat(12) + "000003e8" + "00002710");
    ByteBuffer head = ByteBuffer.allocate(36);
    head.putInt(20).put(ftyp).putInt(512).put("isom".getBytes(StandardCharsets.US_ASCII));
    head.putInt(1).put("mdat".getBytes(StandardCharsets.US_ASCII)).putLong(size - 20 - 116);
    ByteBuffer moov = ByteBuffer.allocate(116);
    moov.putInt(116).put("moov".getBytes(StandardCharsets.US_ASCII)).put(movie);
    at(file, 0, new LittleEndian().raw(head.array()));
    at(file, size - 116, new LittleEndian().raw(moov.array()));
  }

  private static void at(RandomAccessFile file, long offset, LittleEndian bytes)
      throws IOException {
    file.seek(offset);
    file.write(bytes.all());
  }
}
