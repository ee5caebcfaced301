package io.waybill.benchmarks.validation;

import io.waybill.core.validation.FileInspector;
import io.waybill.core.validation.FileInspector.Judgement;
import io.waybill.core.validation.FileInspector.Subject;
import io.waybill.validators.child.IsolatedInspector;
import io.waybill.validators.reading.InspectionLimits;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How much of a large file is read to look into it, and what memory that takes. */
public final class ValidationReport {
  private static final long GIB = 1L << 30;

  private ValidationReport() {}

  /**
   * Measures and prints.
   *
   * @param arguments a folder with room for files with holes
   */
  public static void main(String[] arguments) throws IOException {
    Path folder =
        arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempDirectory("validation");
    System.out.println("| file | size | ranges | bytes read | readers | ms |");
    System.out.println("|---|---|---|---|---|---|");
    try (IsolatedInspector inspector = new IsolatedInspector(InspectionLimits.DEFAULT)) {
      for (Map.Entry<String, LargeFiles.Maker> format : formats().entrySet()) {
        look(inspector, folder, format.getKey(), GIB, format.getValue());
      }
      look(inspector, folder, "run.mcap", 50 * GIB, LargeFiles::mcap);
      System.out.printf(
          "%nresident at most: this process %s, its readers %s%n",
          peak(ProcessHandle.current()),
          ProcessHandle.current().children().map(ValidationReport::peak).toList());
    }
  }

  private static Map<String, LargeFiles.Maker> formats() {
    Map<String, LargeFiles.Maker> formats = new LinkedHashMap<>();
    formats.put("run.mcap", LargeFiles::mcap);
    formats.put("run.db3", LargeFiles::sqlite);
    formats.put("run.h5", LargeFiles::hdf5);
    formats.put("run.mp4", LargeFiles::mp4);
    formats.put("run.zip", LargeFiles::zip);
    formats.put("run.gz", LargeFiles::gzip);
    formats.put("run.parquet", LargeFiles::parquet);
    formats.put("run.csv", LargeFiles::csv);
    formats.put("run.wav", LargeFiles::wav);
    formats.put("run.unknown", (file, size) -> {});
    return formats;
  }

  private static void look(
      FileInspector inspector, Path folder, String name, long size, LargeFiles.Maker maker)
      throws IOException {
    Path path = LargeFiles.make(folder.resolve(name), size, maker);
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      Counted counted = new Counted(file);
      long began = System.nanoTime();
      List<Judgement> said =
          inspector.inspect(new Subject(name, "application/octet-stream", size), counted);
      System.out.printf(
          "| %s | %d GiB | %d | %d | %s | %d |%n",
          name,
          size / GIB,
          counted.ranges,
          counted.bytes,
          said.stream()
              .map(one -> one.validator() + " " + one.status() + " " + one.errors())
              .collect(Collectors.joining(", ")),
          (System.nanoTime() - began) / 1_000_000);
    } finally {
      Files.delete(path);
    }
  }

  private static String peak(ProcessHandle process) {
    try {
      return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> line.replaceAll("\\D", ""))
          .map(kib -> Long.parseLong(kib) / 1024 + " MiB")
          .findFirst()
          .orElse("?");
    } catch (IOException e) {
      return "?";
    }
  }

  /** Ranges as storage would be asked for them. */
  private static final class Counted implements FileInspector.Bytes {
    private final RandomAccessFile file;
    private int ranges;
    private long bytes;

    Counted(RandomAccessFile file) {
      this.file = file;
    }

    @Override
    public byte[] read(long offset, int length) {
      try {
        byte[] range = new byte[(int) Math.max(0, Math.min(length, file.length() - offset))];
        file.seek(offset);
        file.readFully(range);
        ranges++;
        bytes += range.length;
        return range;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
