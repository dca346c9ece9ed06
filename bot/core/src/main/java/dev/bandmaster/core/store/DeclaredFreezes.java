package dev.bandmaster.core.store;

import dev.bandmaster.core.freeze.Freeze;
import java.util.List;

/** The freezes that people have declared. */
public interface DeclaredFreezes {

  /** A number no other freeze has. */
  long nextNumber();

  /** All that are not over, by their beginning; each has a {@link Freeze.Origin.Person}. */
  List<Freeze> all();
}
