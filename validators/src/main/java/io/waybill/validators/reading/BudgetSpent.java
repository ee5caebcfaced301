package io.waybill.validators.reading;

/** A reader has asked for more than a file may cost. It comes to its end here, with what it has. */
public final class BudgetSpent extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BudgetSpent(String what) {
    super(what, null, true, false);
  }

  public String what() {
    return String.valueOf(getMessage());
  }
}
