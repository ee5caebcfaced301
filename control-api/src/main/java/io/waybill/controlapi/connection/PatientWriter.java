package io.waybill.controlapi.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import io.helidon.webserver.CloseConnectionException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** Writes answers, and waits for their readers only so long. */
final class PatientWriter implements DataWriter {

  private final DataWriter writer;
  private final Patience patience;

  PatientWriter(DataWriter writer, Patience patience) {
    this.writer = writer;
    this.patience = patience;
  }

  @Override
  public void write(BufferData... buffers) {
    waiting(bytes(buffers), () -> writer.write(buffers));
  }

  @Override
  public void write(BufferData buffer) {
    waiting(buffer.available(), () -> writer.write(buffer));
  }

  @Override
  public void writeNow(BufferData... buffers) {
    waiting(bytes(buffers), () -> writer.writeNow(buffers));
  }

  @Override
  public void writeNow(BufferData buffer) {
    waiting(buffer.available(), () -> writer.writeNow(buffer));
  }

  private void waiting(int bytes, Runnable write) {
    patience.writing(bytes);
    try {
      write.run();
    } catch (UncheckedIOException e) {
      // Nobody is there to be answered otherwise; as any other failure it would be told as a
      // defect.
      throw new CloseConnectionException("the reader of the answer is gone", e);
    } finally {
      patience.written();
    }
  }

  private static int bytes(BufferData... buffers) {
    return Arrays.stream(buffers).mapToInt(BufferData::available).sum();
  }
}
