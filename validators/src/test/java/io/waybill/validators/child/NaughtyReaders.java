package io.waybill.validators.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.validators.format.CsvValidator;
import io.waybill.validators.reading.ByteSource;
import io.waybill.validators.reading.DatasetValidator;
import io.waybill.validators.reading.Findings;
import io.waybill.validators.reading.Kind;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** A process of readers that do what no reader should; each takes the files that are named so. */
final class NaughtyReaders {

  private NaughtyReaders() {}

  public static void main(String[] arguments) throws Exception {
    ReaderProcess.serve(all());
  }

  static List<DatasetValidator> all() {
    return List.of(
        reader("loop", (file, findings) -> loop()),
        reader("eat", (file, findings) -> findings.put("eaten", eat())),
        reader(
            "claim",
            (file, findings) -> findings.put("size", new byte[Integer.MAX_VALUE - 8].length)),
        reader("exit", (file, findings) -> System.exit(0)),
        reader("halt", (file, findings) -> Runtime.getRuntime().halt(7)),
        reader("garbage", (file, findings) -> write("what is no message at all")),
        reader("print", (file, findings) -> System.out.println("hello")),
        reader("recurse", (file, findings) -> findings.put("depth", depth(0))),
        reader("throw", (file, findings) -> findings.put("none", List.of().getFirst())),
        reader("greedy", (file, findings) -> everyMegabyte(file)),
        new CsvValidator());
  }

  private static DatasetValidator reader(String name, BiConsumer<ByteSource, Findings> reading) {
    Kind kind = new Kind(name, "1", Set.of("." + name), Set.of(), Kind.Magic.NONE, List.of());
    return new DatasetValidator() {
      @Override
      public Kind kind() {
        return kind;
      }

      @Override
      public void read(ByteSource file, Findings findings) {
        reading.accept(file, findings);
      }
    };
  }

  private static void loop() {
    while (true) {
      Thread.onSpinWait();
    }
  }

  private static int eat() {
    List<byte[]> eaten = new ArrayList<>();
    for (int at = 0; at >= 0; at++) {
      eaten.add(new byte[1 << 20]);
    }
    return eaten.size();
  }

  private static int depth(int depth) {
    return depth < 0 ? 0 : 1 + depth(depth + 1);
  }

  private static void everyMegabyte(ByteSource file) {
    for (long at = 0; at < file.size(); at += 1 << 20) {
      file.read(at, 1);
    }
  }

  private static void write(String text) {
    try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
      out.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
