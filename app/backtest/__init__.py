"""The backtest: what detection would have said on earlier dates, judged by what became known later."""
