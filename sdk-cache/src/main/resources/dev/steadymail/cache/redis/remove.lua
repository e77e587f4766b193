-- Removes values that never change. ARGV: what their keys are called after the account.
drop(ARGV)
finish()
return { string.format('%.0f', weight) }
