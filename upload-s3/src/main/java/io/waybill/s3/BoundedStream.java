package io.waybill.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body of which no more is read than any honest store would send. */
final class BoundedStream extends FilterInputStream {

  private long left;

  BoundedStream(InputStream in, long longest) {
    super(in);
    this.left = longest;
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    count(b < 0 ? 0 : 1);
    return b;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    int n = super.read(into, from, length);
    count(Math.max(n, 0));
    return n;
  }

  private void count(int read) throws IOException {
    left -= read;
    if (left < 0) {
      throw new IOException("the answer is longer than any of S3's");
    }
  }
}
