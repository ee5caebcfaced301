package io.waybill.validators.reading;

/** A file is not what it should be, so that its reader cannot go on. */
public final class Malformed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long offset;

  /**
   * @param offset of the first byte that is wrong, or that is missing
   * @param what is wrong there, for people
   */
  public Malformed(long offset, String what) {
    super(what, null, true, false);
    this.offset = offset;
  }

  public long offset() {
    return offset;
  }

  public String what() {
    return String.valueOf(getMessage());
  }
}
