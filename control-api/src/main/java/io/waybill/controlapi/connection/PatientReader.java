package io.waybill.controlapi.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the server reads its requests from. It knows which part of a request is being read, from the
 * order in which the server asks: the end of the request line, the headers, then a body. It ends a
 * connection that is not to be kept, which the server itself forgets to do, and it reads chunks
 * strictly and in pieces, where the server would take any two bytes for the end of a chunk and hold
 * a chunk of any size in memory.
 */
final class PatientReader extends DataReader {

  private static final byte[] HTTP_1_0 = " HTTP/1.0".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern CHUNK_SIZE = Pattern.compile("([0-9a-fA-F]{1,8})[ \\t]*(?:;.*)?");
  private static final int CHUNK_LINE_BYTES = 256;
  private static final int PIECE_BYTES = 16 << 10;
  private static final int LINE_END = 2;

  private final HelidonSocket socket;
  private final Patience patience;
  private boolean isFirst = true;
  private boolean inHead;
  private boolean atRequestLine;
  private boolean isOldHttp;
  private boolean isLast;
  private boolean inChunk;
  private long restOfChunk;
  private long restOfBody;

  PatientReader(HelidonSocket socket, Patience patience) {
    super(() -> bytes(socket, patience));
    this.socket = socket;
    this.patience = patience;
  }

  private static byte[] bytes(HelidonSocket socket, Patience patience) {
    patience.reading();
    try {
      byte[] bytes = socket.get();
      patience.read(bytes == null ? 0 : bytes.length);
      return bytes;
    } catch (UncheckedIOException e) {
      throw new ServerConnectionException("the connection is gone", e);
    }
  }

  /**
   * The headers are whole; what comes now is a body.
   *
   * @param bytes its announced length; {@code Long.MAX_VALUE} where it ends with its last chunk
   */
  void headIsWhole(long bytes) {
    inHead = false;
    inChunk = false;
    restOfChunk = 0;
    restOfBody = bytes;
    patience.headIsWhole();
  }

  /**
   * Takes what is left of the body of a request that was answered before its end. Closing over
   * unread bytes resets the connection, and the answer would be gone before the other end, still
   * sending, had looked for it (RFC 9112, 9.6).
   */
  void drain() {
    restOfBody -= available();
    if (restOfBody <= 0) {
      return;
    }
    patience.draining();
    try {
      for (byte[] bytes = socket.get(); bytes != null; bytes = socket.get()) {
        restOfBody -= bytes.length;
        if (restOfBody <= 0) {
          return;
        }
      }
    } catch (UncheckedIOException e) {
      // The other end is gone, or has been kept waiting for long enough.
    }
  }

  /** The request under way is the last that this connection carries. */
  void last() {
    isLast = true;
  }

  /** Whether the request line said HTTP/1.0. */
  boolean isOldHttp() {
    return isOldHttp;
  }

  @Override
  public int findNewLine(int max) {
    if (!inHead) {
      if (isLast) {
        throw new CloseConnectionException("the answer before was the last");
      }
      patience.nextRequest(isFirst || available() > 0);
      isFirst = false;
      inHead = true;
      atRequestLine = true;
    }
    return super.findNewLine(max);
  }

  /** Of a request line makes one of HTTP/1.1: the server answers no other, and both read alike. */
  @Override
  public byte[] readBytes(int length) {
    byte[] bytes = super.readBytes(length);
    if (!atRequestLine) {
      return bytes;
    }
    atRequestLine = false;
    int version = bytes.length - HTTP_1_0.length;
    isOldHttp =
        version > 0 && Arrays.equals(bytes, version, bytes.length, HTTP_1_0, 0, HTTP_1_0.length);
    if (isOldHttp) {
      bytes[bytes.length - 1] = '1';
    }
    return bytes;
  }

  /** The size of the next piece of a chunk, or the empty line after the last one. */
  @Override
  public String readLine() {
    if (restOfChunk > 0) {
      return nextPiece();
    }
    int end = super.findNewLine(CHUNK_LINE_BYTES);
    if (end == CHUNK_LINE_BYTES) {
      throw broken();
    }
    String line = readAsciiString(end);
    super.skip(LINE_END);
    if (line.isEmpty()) {
      restOfBody = 0;
      return line;
    }
    Matcher size = CHUNK_SIZE.matcher(line);
    if (!size.matches()) {
      throw broken();
    }
    restOfChunk = Long.parseLong(size.group(1), 16);
    return restOfChunk == 0 ? "0" : nextPiece();
  }

  /** A piece's own bytes are skipped, too: these are no end of a chunk. */
  @Override
  public BufferData readBuffer(int length) {
    boolean isPiece = inChunk;
    inChunk = false;
    BufferData bytes = super.readBuffer(length);
    inChunk = isPiece;
    restOfBody -= length;
    return bytes;
  }

  /** After a piece the server skips the end of the chunk, which must be there, or not yet be. */
  @Override
  public void skip(int length) {
    if (!inChunk || length != LINE_END) {
      super.skip(length);
      return;
    }
    inChunk = false;
    if (restOfChunk > 0) {
      return;
    }
    if (!startsWithNewLine()) {
      throw broken();
    }
    super.skip(LINE_END);
  }

  /** Where this body ends is not known any more. */
  private RequestException broken() {
    restOfBody = 0;
    return Framing.broken();
  }

  private String nextPiece() {
    long piece = Math.min(restOfChunk, PIECE_BYTES);
    restOfChunk -= piece;
    inChunk = true;
    return Long.toHexString(piece);
  }
}
