package io.waybill.validators.child;

import io.waybill.core.validation.FileInspector.Judgement;
import io.waybill.validators.Inspection;
import io.waybill.validators.Validators;
import io.waybill.validators.reading.BudgetSpent;
import io.waybill.validators.reading.ByteSource;
import io.waybill.validators.reading.CachedSource;
import io.waybill.validators.reading.DatasetValidator;
import io.waybill.validators.reading.Malformed;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The process that readers run in. It is told which file to read with which reader, and asks for
 * ranges; it opens no file and no connection. When its parent is gone, its input ends, and so does
 * it, whatever a reader is doing.
 */
public final class ReaderProcess {

  private final Pipe pipe;
  private final List<DatasetValidator> validators;
  private final BlockingQueue<Pipe.Message> received = new ArrayBlockingQueue<>(1);

  private ReaderProcess(Pipe pipe, List<DatasetValidator> validators) {
    this.pipe = pipe;
    this.validators = validators;
  }

  public static void main(String[] arguments) throws Exception {
    serve(Validators.all());
  }

  /** Reads with these until the parent is gone; never returns before. */
  public static void serve(List<DatasetValidator> validators)
      throws IOException, InterruptedException {
    Pipe pipe =
        new Pipe(
            new FileInputStream(FileDescriptor.in),
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)),
            ByteSource.LONGEST_READ + CachedSource.BLOCK + (16 << 10));
    System.setOut(System.err);
    ReaderProcess process = new ReaderProcess(pipe, List.copyOf(validators));
    Thread.ofPlatform().daemon().name("input").start(process::listen);
    pipe.send(Pipe.HELLO, new byte[0]);
    while (true) {
      process.work(process.received.take());
    }
  }

  private void listen() {
    try {
      while (true) {
        received.put(pipe.receive());
      }
    } catch (IOException | InterruptedException gone) {
      Runtime.getRuntime().halt(0);
    }
  }

  private void work(Pipe.Message job) throws IOException {
    List<?> fields = Values.readList(job.body, 3);
    String name = Values.as(String.class, fields.get(0));
    long size = Values.as(Long.class, fields.get(1));
    byte[] head = Values.as(byte[].class, fields.get(2));
    DatasetValidator validator =
        validators.stream().filter(v -> v.kind().name().equals(name)).findFirst().orElseThrow();
    Judgement judged = Inspection.of(validator, new CachedSource(size, head, this::read));
    pipe.send(
        Pipe.VERDICT,
        Values.write(List.of(judged.status().name(), judged.extracted(), judged.errors())));
  }

  private byte[] read(long offset, int length) {
    try {
      pipe.send(Pipe.READ, Values.write(List.of(offset, (long) length)));
      Pipe.Message answer = received.take();
      if (answer.type == Pipe.SPENT) {
        throw new BudgetSpent(Values.as(String.class, Values.readList(answer.body, 1).getFirst()));
      }
      return answer.body;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new Malformed(offset, "interrupted");
    }
  }
}
