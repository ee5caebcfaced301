package io.waybill.validators.child;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Messages between the two processes: a type, a length, so many bytes; none is longer than its
 * bound.
 */
final class Pipe {

  /** The child is there. */
  static final int HELLO = 1;

  /** Read this file with this reader. */
  static final int JOB = 2;

  /** The child asks for a range. */
  static final int READ = 3;

  /** The bytes of the range that was asked for. */
  static final int BYTES = 4;

  /** There is no such range any more: the file has cost what it may. */
  static final int SPENT = 5;

  /** What the reader says. */
  static final int VERDICT = 6;

  private final DataInputStream in;
  private final DataOutputStream out;
  private final int longest;

  /** One message, as it came. */
  static final class Message {
    final int type;
    final byte[] body;

    private Message(int type, byte[] body) {
      this.type = type;
      this.body = body;
    }
  }

  /**
   * @param longest message that is taken from the other side
   */
  Pipe(InputStream in, OutputStream out, int longest) {
    this.in = new DataInputStream(in);
    this.out = new DataOutputStream(out);
    this.longest = longest;
  }

  void send(int type, byte[] body) throws IOException {
    out.writeInt(body.length);
    out.writeByte(type);
    out.write(body);
    out.flush();
  }

  Message receive() throws IOException {
    int length = in.readInt();
    if (length < 0 || length > longest) {
      throw new Garbled("a message of " + length + " bytes");
    }
    int type = in.readUnsignedByte();
    return new Message(type, in.readNBytes(length));
  }

  /** The other side has written something that is no message. */
  static final class Garbled extends IOException {
    private static final long serialVersionUID = 1L;

    Garbled(String what) {
      super(what);
    }
  }
}
