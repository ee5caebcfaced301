package io.waybill.core.upload;

import java.util.OptionalLong;

/** What an answer says of itself to whoever carries it to where it was asked for. */
public interface Perishable {

  /** The same answer without what it can do without, for who has little room. */
  default Perishable shortened() {
    return this;
  }

  /** For how many seconds it is worth anything: as long as its first URL lives; empty for ever. */
  default OptionalLong keepsForSeconds() {
    return OptionalLong.empty();
  }
}
