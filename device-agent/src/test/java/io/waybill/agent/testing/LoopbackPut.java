package io.waybill.agent.testing;

import io.waybill.agent.testing.LoopbackStore.Fate;
import io.waybill.agent.testing.LoopbackStore.Taken;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * One PUT on its connection, as it meets its fate.
 *
 * @param keeper given the part when it was taken whole
 */
record LoopbackPut(
    Socket socket, InputStream in, long length, boolean keepBytes, Consumer<Taken> keeper) {

  private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** The request line and headers of the next one; empty when no other comes. */
  static String readHead(InputStream in) throws IOException {
    byte[] head = new byte[1 << 14];
    int length = 0;
    for (int read = in.read(); read >= 0; read = in.read()) {
      head[length++] = (byte) read;
      if (length >= 4 && Arrays.equals(head, length - 4, length, END, 0, 4)) {
        return new String(head, 0, length, StandardCharsets.US_ASCII);
      }
    }
    return "";
  }

  /** Answers whether another one may come on the same connection. */
  boolean meet(Fate fate) throws IOException {
    return switch (fate) {
      case Fate.AnswerEarly(int status, String code) -> {
        answer(status, code, "Connection: close\r\n");
        yield false;
      }
      case Fate.ResetMidBody() -> {
        in.skipNBytes(Math.min(length / 2, 1 << 20));
        yield reset();
      }
      case Fate.Take() -> answer(200, "", "ETag: " + take() + "\r\n");
      case Fate.TakeAndReset() -> {
        take();
        yield reset();
      }
      case Fate.Answer(int status, String code, String headers) -> {
        drain(new CRC32());
        yield answer(status, code, headers);
      }
      case Fate.Silence() -> {
        drain(new CRC32());
        yield in.read() >= 0;
      }
    };
  }

  private String take() throws IOException {
    CRC32 sum = new CRC32();
    byte[] bytes = keepBytes ? in.readNBytes((int) length) : new byte[0];
    if (keepBytes) {
      sum.update(bytes);
    } else {
      drain(sum);
    }
    if (keepBytes && bytes.length < length) {
      throw new IOException("cut short");
    }
    String etag = '"' + HexFormat.of().toHexDigits(sum.getValue()) + '"';
    keeper.accept(new Taken(etag, bytes));
    return etag;
  }

  private void drain(CRC32 sum) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (long left = length; left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw new IOException("cut short");
      }
      sum.update(buffer, 0, read);
      left -= read;
    }
  }

  private boolean answer(int status, String code, String headers) throws IOException {
    String document =
        code.isEmpty() ? "" : "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code></Error>";
    OutputStream out = socket.getOutputStream();
    out.write(
        ("HTTP/1.1 "
                + status
                + " Said\r\n"
                + headers
                + "Content-Length: "
                + document.length()
                + "\r\n\r\n"
                + document)
            .getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return true;
  }

  private boolean reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
    return false;
  }
}
