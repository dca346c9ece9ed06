package dev.bandmaster.core.testing;

import dev.bandmaster.acl.IdSyntax;

/** Ids as tests write them: {@code U1}, {@code S0SRE}, {@code C0OPS}, {@code T1}. */
public final class TestIds {

  public static final IdSyntax SYNTAX =
      new IdSyntax(
          IdSyntax.Form.of("[UW][A-Z0-9]{1,30}", "U…"),
          IdSyntax.Form.of("S[A-Z0-9]{1,30}", "S…"),
          IdSyntax.Form.of("[CG][A-Z0-9]{1,30}", "C…"),
          IdSyntax.Form.of("[TE][A-Z0-9]{1,30}", "T…"));

  private TestIds() {}
}
